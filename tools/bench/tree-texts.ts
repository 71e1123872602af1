/** The texts of the generated files: what Visual Studio's templates write, with a few dozen lines each. */

export interface ProjectPlace {
  readonly area: number;
  /** Number in the area. */
  readonly index: number;
}

/** Libraries, a program, a web application, a plug-in and a test belong together. */
export const projectsPerGroup = 10;

const legacyTargets = ['v4.5.2', 'v4.6.1', 'v4.6.2', 'v4.7.2', 'v4.8', '$(CompanyTarget)'];
const sdkTargets = ['net462', 'net452;netstandard2.0', 'net48', '$(AreaTarget)', 'net8.0'];

/** A packages.config project of about 80 lines. */
export function legacyProject({ area, index }: ProjectPlace): string {
  const name = `Contoso.A${area}.P${index}`;
  const place = index % projectsPerGroup;
  const web =
    '\r\n    <ProjectTypeGuids>{349c5851-65df-11da-9384-00065b846f21};{fae04ec0-301f-11d3-bf4b-00c04f79efbc}</ProjectTypeGuids>';
  const references = assemblies(place).map(
    (assembly) =>
      `    <Reference Include="${assembly}, Version=9.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35, processorArchitecture=MSIL">\r\n      <HintPath>..\\..\\packages\\${assembly}.9.0.2\\lib\\net45\\${assembly}.dll</HintPath>\r\n      <Private>True</Private>\r\n    </Reference>`,
  );
  return `\uFEFF<?xml version="1.0" encoding="utf-8"?>
<Project ToolsVersion="14.0" DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
  <Import Project="$(MSBuildExtensionsPath)\\$(MSBuildToolsVersion)\\Microsoft.Common.props" Condition="Exists('$(MSBuildExtensionsPath)\\$(MSBuildToolsVersion)\\Microsoft.Common.props')" />
  <PropertyGroup>
    <Configuration Condition=" '$(Configuration)' == '' ">Debug</Configuration>
    <Platform Condition=" '$(Platform)' == '' ">AnyCPU</Platform>
    <ProjectGuid>{${guid(area, index)}}</ProjectGuid>${place === 7 ? web : ''}
    <OutputType>${place === 6 ? 'Exe' : 'Library'}</OutputType>
    <AppDesignerFolder>Properties</AppDesignerFolder>
    <RootNamespace>${name}</RootNamespace>
    <AssemblyName>${name}</AssemblyName>
    <TargetFrameworkVersion>${pick(legacyTargets, area + Math.floor(index / projectsPerGroup))}</TargetFrameworkVersion>
    <FileAlignment>512</FileAlignment>
    <AutoGenerateBindingRedirects>true</AutoGenerateBindingRedirects>
    <TargetFrameworkProfile />
  </PropertyGroup>
  <PropertyGroup Condition=" '$(Configuration)|$(Platform)' == 'Debug|AnyCPU' ">
    <DebugSymbols>true</DebugSymbols>
    <DebugType>full</DebugType>
    <Optimize>false</Optimize>
    <OutputPath>bin\\Debug\\</OutputPath>
    <DefineConstants>DEBUG;TRACE</DefineConstants>
    <ErrorReport>prompt</ErrorReport>
    <WarningLevel>4</WarningLevel>
  </PropertyGroup>
  <PropertyGroup Condition=" '$(Configuration)|$(Platform)' == 'Release|AnyCPU' ">
    <DebugType>pdbonly</DebugType>
    <Optimize>true</Optimize>
    <OutputPath>bin\\Release\\</OutputPath>
    <DefineConstants>TRACE</DefineConstants>
    <ErrorReport>prompt</ErrorReport>
    <WarningLevel>4</WarningLevel>
  </PropertyGroup>
  <ItemGroup>
${references.join('\n')}
    <Reference Include="System" />
    <Reference Include="System.Core" />
    <Reference Include="System.Configuration" />
    <Reference Include="System.Runtime.Serialization" />
    <Reference Include="System.ServiceModel" />
  </ItemGroup>
  <ItemGroup>
    <Compile Include="Program.cs" />
    <Compile Include="Service.cs" />
    <Compile Include="Model.cs" />
    <Compile Include="Extensions.cs" />
    <Compile Include="Properties\\AssemblyInfo.cs" />
  </ItemGroup>
  <ItemGroup>
    <None Include="packages.config" />
  </ItemGroup>
  <ItemGroup>
${projectReferences({ area, index })
  .map(
    (path) =>
      `    <ProjectReference Include="${path}">\n      <Project>{${guid(area, index)}}</Project>\n      <Name>Other</Name>\n    </ProjectReference>`,
  )
  .join('\n')}
  </ItemGroup>
  <Import Project="..\\..\\..\\..\\build\\Common.targets" Condition="Exists('..\\..\\..\\..\\build\\Common.targets')" />
  <Import Project="$(MSBuildToolsPath)\\Microsoft.CSharp.targets" />
</Project>
`.replaceAll(/\r?\n/g, '\r\n');
}

/** An SDK-style library or test. */
export function sdkProject({ area, index }: ProjectPlace): string {
  const isTest = index % projectsPerGroup === 9;
  const target = isTest ? 'net472' : pick(sdkTargets, area + Math.floor(index / 5));
  const property = target.includes(';') ? 'TargetFrameworks' : 'TargetFramework';
  return `<Project Sdk="Microsoft.NET.Sdk">

  <PropertyGroup>
    <${property}>${target}</${property}>
    <LangVersion>latest</LangVersion>
    <Nullable>enable</Nullable>
  </PropertyGroup>

  <ItemGroup>
    <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
    <PackageReference Include="Microsoft.Extensions.Logging.Abstractions" Version="8.0.1" />${
      isTest ? '\n    <PackageReference Include="NUnit" Version="3.14.0" />' : ''
    }
  </ItemGroup>

  <ItemGroup Condition="'$(TargetFramework)' == 'net452'">
    <Reference Include="System.Net.Http" />
  </ItemGroup>

  <ItemGroup>
${projectReferences({ area, index })
  .map((path) => `    <ProjectReference Include="${path}" />`)
  .join('\n')}
  </ItemGroup>

</Project>
`;
}

/** A shared file with a property that decides targets. */
export function sharedProps(property: string, first = ''): string {
  return `<Project>
  ${first}
  <PropertyGroup>
    <Company>Contoso</Company>
    <Copyright Condition="'$(Copyright)' == ''">Contoso</Copyright>
    ${property}
    <NoWarn>$(NoWarn);1591</NoWarn>
  </PropertyGroup>
</Project>
`;
}

export function packagesConfig(): string {
  const packages = assemblies(0).map((id) => `  <package id="${id}" version="9.0.2" targetFramework="net452" />`);
  return `<?xml version="1.0" encoding="utf-8"?>\r\n<packages>\r\n${packages.join('\r\n')}\r\n</packages>\r\n`;
}

/** A class; in plug-in projects one that implements the platform's interface. */
export function source(name: string, index: number): string {
  const base = index % projectsPerGroup === 8 && name === 'Service' ? ' : Microsoft.Xrm.Sdk.IPlugin' : '';
  const methods = Array.from(
    { length: 12 },
    (_, i) =>
      `        /// <summary>Does step ${i}.</summary>\r\n        public string Step${i}(string value)\r\n        {\r\n            return value + "${i}"; // the step's number\r\n        }\r\n`,
  );
  return `using System;\r\n\r\nnamespace Contoso\r\n{\r\n    public class ${name}${base}\r\n    {\r\n${methods.join('\r\n')}    }\r\n}\r\n`;
}

/** Every group uses its own first library, that one the area's, and every area the company's. */
function projectReferences({ area, index }: ProjectPlace): string[] {
  const place = index % projectsPerGroup;
  const groupStart = index - place;
  const inArea = (other: number) => `..\\Contoso.A${area}.P${other}\\Contoso.A${area}.P${other}.csproj`;
  if (place > 0) {
    return [...new Set([groupStart, groupStart + Math.min(place - 1, 5)])].map(inArea);
  }
  if (index > 0) {
    return [inArea(0)];
  }
  return area > 0 ? ['..\\..\\..\\Area000\\src\\Contoso.A0.P0\\Contoso.A0.P0.csproj'] : [];
}

function assemblies(place: number): string[] {
  const usual = ['Newtonsoft.Json', 'log4net', 'Castle.Core', 'AutoMapper', 'Dapper'];
  return place >= 6 && place <= 8 ? ['Microsoft.Xrm.Sdk', 'Microsoft.Crm.Sdk.Proxy', ...usual] : usual;
}

function guid(area: number, index: number): string {
  return `0000${String(area).padStart(4, '0')}-0000-0000-0000-${String(index).padStart(12, '0')}`;
}

function pick(values: readonly string[], number: number): string {
  return values[number % values.length] ?? '';
}
