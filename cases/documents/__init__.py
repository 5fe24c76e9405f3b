"""Published documents: frozen types over the stored JSON, and the JSON Schemas generated from them."""
