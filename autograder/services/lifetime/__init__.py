"""Starting and stopping the services, and the client that asks them."""
