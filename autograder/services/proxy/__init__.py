"""The HTTPS proxy: `server` reads requests and sends answers, which a `Session` finds."""
