param($Text)
begin {
  [Net.ServicePointManager]::SecurityProtocol = 'Tls12'
}
process {
  Get-CrmConnection -ConnectionString $Text
}
