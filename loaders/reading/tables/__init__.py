"""From the words of a table to its grid."""
