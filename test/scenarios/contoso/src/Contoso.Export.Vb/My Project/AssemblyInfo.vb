Imports System.Reflection
Imports System.Runtime.InteropServices

<Assembly: AssemblyTitle("Contoso.Export")>
<Assembly: AssemblyCompany("Contoso Ltd.")>
<Assembly: ComVisible(False)>
<Assembly: AssemblyVersion("1.2.0.0")>
<Assembly: AssemblyFileVersion("1.2.0.0")>
