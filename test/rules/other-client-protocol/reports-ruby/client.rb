http = Net::HTTP.new('contoso.crm4.dynamics.com', 443)
http.ssl_version = :TLSv1
#                  ^^^^^^ other-client-protocol warning
http.max_version = OpenSSL::SSL::TLS1_1_VERSION
#                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ other-client-protocol warning
