"""Files and directories that appear whole or not at all, and what killed programs leave of them."""
