param($Path)
begin {
  $count = 0
}
process {
  Import-CrmPackage -PackageDirectory $Path -PackageName 'Package.dll' -CrmConnection $connection
# ^^^^^^^^^^^^^^^^^ script-connects-before-tls warning
}
