"""How a sample is laid out on paper: one module a family of layouts, none of which knows what it is drawn on."""
