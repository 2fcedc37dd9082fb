"""S3 as the SSP Cloud offers it: `object_store` answers, with `rclone` behind it."""
