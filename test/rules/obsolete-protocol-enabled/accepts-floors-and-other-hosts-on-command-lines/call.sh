curl --tlsv1.0 https://contoso.crm4.dynamics.com/
curl --tls-max 1.1 https://legacy.example.com/
curl --tls-max 1.3 https://contoso.crm4.dynamics.com/
openssl s_client -tls1 -connect contoso.crm4.dynamics.com:443
# curl --tls-max 1.1 https://contoso.crm4.dynamics.com/
echo curl --tls-max 1.1 https://contoso.crm4.dynamics.com/
cat <<EOT
curl --tls-max 1.1 https://contoso.crm4.dynamics.com/
EOT
