using System.Reflection;

[assembly: AssemblyTitle("Tiny.Adaptation.Storage")]
[assembly: AssemblyCompany("The Tiny maintainers")]
[assembly: AssemblyProduct("Tiny")]
[assembly: AssemblyCopyright("Copyright (c) 2026 the Tiny maintainers")]
[assembly: AssemblyVersion("0.1.0.0")]
[assembly: AssemblyFileVersion("0.1.0.0")]
[assembly: AssemblyInformationalVersion("0.1.0")]
