puts 'ssl_version: TLSv1.2'
