"""The models of the settings: readers, chat models, embeddings; each client by its one door."""
