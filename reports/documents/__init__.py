"""Long documents, one module each: they prepare the records for screen and paper."""
