import ssl
context = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
#                        ^^^^^^^^^^^^^^^^^^ other-client-protocol warning create_default_context
context.maximum_version = ssl.TLSVersion.TLSv1_1
#                         ^^^^^^^^^^^^^^^^^^^^^^ other-client-protocol warning
session.mount('https://', Adapter(ssl_version=ssl.PROTOCOL_TLSv1_1))
#                                             ^^^^^^^^^^^^^^^^^^^^ other-client-protocol warning
