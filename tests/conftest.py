"""What holds for all tests."""

import signal

# A shell that runs the suite in the background has it ignore Ctrl-C. What tests start would inherit
# that, and not be interrupted.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
