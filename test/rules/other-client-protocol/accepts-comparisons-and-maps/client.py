names = {ssl.PROTOCOL_TLSv1: 'TLS 1.0'}
if context.protocol == ssl.PROTOCOL_TLSv1:
    raise ValueError('too old')
if hasattr(ssl, 'PROTOCOL_TLSv1'):
    pass
