# ssl.SSLContext(ssl.PROTOCOL_TLSv1)
"""
Use ssl.SSLContext(ssl.PROTOCOL_TLSv1) for old servers.
"""
