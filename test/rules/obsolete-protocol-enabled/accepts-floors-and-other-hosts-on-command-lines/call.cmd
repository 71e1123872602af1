rem curl --tls-max 1.1 https://contoso.crm4.dynamics.com/
:: curl --tls-max 1.1 https://contoso.crm4.dynamics.com/
wget --secure-protocol=TLSv1_2 https://contoso.crm4.dynamics.com/
