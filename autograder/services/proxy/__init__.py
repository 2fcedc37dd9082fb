"""The HTTPS proxy of one session: its port, its tunnels, its control endpoints."""
