curl -sk https://contoso.crm4.dynamics.com/
# @6-9 certificate-validation-off error
curl --insecure -o out.json 'https://contoso.crm4.dynamics.com/'
# @6-16 certificate-validation-off error
wget --no-check-certificate https://contoso.crm4.dynamics.com/
# @6-28 certificate-validation-off error
