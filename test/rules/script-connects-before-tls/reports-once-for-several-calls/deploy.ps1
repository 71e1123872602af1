if ($Interactive) {
  $connection = Get-CrmConnection -InteractiveMode
#               ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
} else {
  $connection = Get-CrmConnection -ConnectionString $text
}
