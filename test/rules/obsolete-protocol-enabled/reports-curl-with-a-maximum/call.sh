curl -s --tls-max 1.0 "https://contoso.crm4.dynamics.com/api/data/v9.2/" | jq .
# @9-22 obsolete-protocol-enabled error TLS 1.0
wget --secure-protocol=TLSv1 https://contoso.crm4.dynamics.com/
# @6-29 obsolete-protocol-enabled error
