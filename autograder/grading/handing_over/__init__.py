"""What a submission's process sends its supervisor, which reads it as hostile."""
