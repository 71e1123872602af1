PROTOCOL_TLSv1 = 3
version = 'TLSv1'
