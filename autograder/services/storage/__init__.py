"""S3 as the SSP Cloud offers it."""
