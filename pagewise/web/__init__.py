"""The web page of `serve`, and the documents over HTTP that it stands on."""
