import ssl
connection = ssl.wrap_socket(listener, certfile='server.pem', server_side=True, ssl_version=ssl.PROTOCOL_TLSv1)
