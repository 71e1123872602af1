if (-not $Text) {
  throw 'No connection string.'
}
try {
  [Net.ServicePointManager]::SecurityProtocol = 'Tls12'
} catch {
  exit 1
}
Get-CrmConnection -ConnectionString $Text
