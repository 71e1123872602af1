using System.Reflection;
using System.Runtime.InteropServices;

[assembly: AssemblyTitle("Contoso.Workflow")]
[assembly: AssemblyDescription("")]
[assembly: AssemblyCompany("Contoso Ltd.")]
[assembly: AssemblyProduct("Contoso Dynamics")]
[assembly: AssemblyCopyright("Copyright © Contoso Ltd. 2014")]
[assembly: ComVisible(false)]
[assembly: Guid("9a8b7c6d-5e4f-4d3c-8b2a-1f0e9d8c7b55")]
[assembly: AssemblyVersion("1.4.0.0")]
[assembly: AssemblyFileVersion("1.4.0.0")]
