using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Contoso.Portal")]
[assembly: AssemblyDescription("")]
[assembly: AssemblyCompany("Contoso Ltd.")]
[assembly: AssemblyProduct("Contoso Dynamics")]
[assembly: AssemblyCopyright("Copyright © Contoso Ltd. 2014")]
[assembly: ComVisible(false)]
[assembly: Guid("1e9f6b7a-84d5-4e0a-9b8e-2d6c5a4f3b33")]
[assembly: AssemblyVersion("4.0.0.0")]
[assembly: AssemblyFileVersion("4.0.0.0")]
