function Open-Connection([string] $Text) {
  Get-CrmConnection -ConnectionString $Text
# ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
}

Open-Connection 'AuthType=Office365;Url=https://contoso.crm.dynamics.com'
