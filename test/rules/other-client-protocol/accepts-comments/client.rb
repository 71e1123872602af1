# http.ssl_version = :TLSv1
