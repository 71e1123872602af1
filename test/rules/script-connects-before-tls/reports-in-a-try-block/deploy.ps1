try {
  $connection = Get-CrmConnection -ConnectionString $text -ErrorAction Stop
#               ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
} catch {
  Write-Error 'No connection.'
  exit 1
}
