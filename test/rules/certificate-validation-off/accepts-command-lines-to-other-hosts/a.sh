curl -k https://localhost:8443/
curl -X POST -d k https://contoso.crm4.dynamics.com/
curl -o k.json https://contoso.crm4.dynamics.com/
wget --no-check-certificate https://example.com/
