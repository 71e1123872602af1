using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Contoso.Archive")]
[assembly: AssemblyDescription("")]
[assembly: AssemblyCompany("Contoso Ltd.")]
[assembly: AssemblyProduct("Contoso Dynamics")]
[assembly: AssemblyCopyright("Copyright © Contoso Ltd. 2014")]
[assembly: ComVisible(false)]
[assembly: Guid("3f2e1d0c-9b8a-4c7d-8e6f-5a4b3c2d1edd")]
[assembly: AssemblyVersion("1.0.0.0")]
[assembly: AssemblyFileVersion("1.0.0.0")]
