context.minimum_version = ssl.TLSVersion.TLSv1
