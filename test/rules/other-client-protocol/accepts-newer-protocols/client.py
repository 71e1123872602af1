context = ssl.create_default_context()
context.maximum_version = ssl.TLSVersion.TLSv1_3
