"""What a release inherits from the releases it was made from."""
