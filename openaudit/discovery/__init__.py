"""Discovery: where a code base names models and datasets."""
