http.min_version = :TLS1
