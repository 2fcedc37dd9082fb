"""Class maps beside images: panels, limits, colours and legends that do not fit the classes."""
