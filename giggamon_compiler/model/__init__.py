"""What people write: frozen values without logic, a module for each part of the vocabulary."""
