"""HTTP as the proxy speaks it: messages, files, certificates, and bounds on how much."""
