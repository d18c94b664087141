"""One file a service, and one beside it for its tests."""
