namespace Tiny.Publishing.Tests.Packages;

/// <summary>Each thing that can be wrong with a package is found; a package as it should be passes.</summary>
public class PackageInspectorTests
{
    [Fact]
    public void A_package_as_it_should_be_has_no_faults() => Assert.Empty(PackageInspector.Inspect(new SamplePackage().Pack()));

    [Fact]
    public void A_package_without_pe_says_so_in_its_version()
    {
        SamplePackage sample = WithoutPe();
        Assert.Contains(PackageInspector.Inspect(sample.Pack()), fault => fault.Contains("lib holds"));
        sample.Nuspec = sample.Nuspec.Replace("1.2.3<", "1.2.3-without-pe<");
        sample.FileName = sample.FileName.Replace("1.2.3", "1.2.3-without-pe");
        Assert.Empty(PackageInspector.Inspect(sample.Pack()));
    }

    [Theory]
    [InlineData("<id>Tiny.nanoFramework.Sample", "<id>nanoFramework.Sample", "does not begin with")]
    [InlineData("<version>1.2.3", "<version>1.2.4", "which its name does not say")]
    [InlineData(">MIT<", ">GPL-3.0-only<", "licence")]
    [InlineData("type=\"expression\"", "type=\"file\"", "licence")]
    [InlineData("<authors>Somebody</authors>", "", "no authors")]
    [InlineData("<tags>sample</tags>", "", "no tags")]
    [InlineData("A library that a test has made up.", "Short.", "description")]
    [InlineData("README.md", "readme.txt", "readme")]
    [InlineData("icon.png", "logo.png", "icon")]
    [InlineData("https://github.com/example/tiny", "", "repository")]
    [InlineData("commit=\"0123456789abcdef0123456789abcdef01234567\"", "", "repository")]
    [InlineData(".NETnanoFramework1.0", "net10.0", "dependencies are for net10.0")]
    [InlineData("version=\"1.17.11\"", "version=\"1.16.0\"", "refers to mscorlib 1.17.11")]
    [InlineData("<dependency id=\"nanoFramework.CoreLibrary\" version=\"1.17.11\" />", "", "does not depend on nanoFramework.CoreLibrary")]
    public void A_nuspec_that_is_wrong_in_one_place_is_found(string right, string wrong, string fault)
    {
        SamplePackage sample = new();
        Assert.Contains(right, sample.Nuspec);
        sample.Nuspec = sample.Nuspec.Replace(right, wrong);
        Assert.Contains(PackageInspector.Inspect(sample.Pack()), found => found.Contains(fault));
    }

    [Theory]
    [InlineData("lib/Tiny.Sample.dll", "no lib/Tiny.Sample.dll")]
    [InlineData("lib/Tiny.Sample.xml", "lib holds")]
    [InlineData("lib/Tiny.Sample.pdbx", "lib holds")]
    [InlineData("lib/Tiny.Sample.pdb", "no symbols")]
    [InlineData("README.md", "readme")]
    [InlineData("icon.png", "icon")]
    public void A_file_that_is_missing_is_found(string file, string fault)
    {
        SamplePackage sample = new();
        Assert.True(sample.Files.Remove(file));
        Assert.Contains(PackageInspector.Inspect(sample.Pack()), found => found.Contains(fault));
    }

    [Fact]
    public void A_pe_that_is_none_is_found() =>
        Has("is not what the metadata processor writes", sample => sample.Files["lib/Tiny.Sample.pe"] = "MZ"u8.ToArray());

    [Fact]
    public void An_icon_of_another_size_is_found() => Has("128 x 128", sample => sample.Files["icon.png"][19] = 64);

    [Fact]
    public void Symbols_of_another_build_are_found() =>
        Has("another build", sample => sample.Files["lib/Tiny.Sample.pdb"] = SamplePackage.Library("/src/Other.cs").Symbols);

    [Fact]
    public void Symbols_without_SourceLink_are_found() =>
        Has("no SourceLink", sample => sample.Put(SamplePackage.Library("/src/Sample.cs", link: false)));

    [Fact]
    public void A_source_that_SourceLink_leads_nowhere_is_found() =>
        Has("all but /elsewhere/Sample.cs", sample => sample.Put(SamplePackage.Library("/elsewhere/Sample.cs")));

    [Fact]
    public void A_tool_without_symbols_beside_it_is_found() =>
        Has("no symbol package", sample => sample.MakeA("DotnetTool"));

    [Fact]
    public void A_template_package_without_templates_is_found() =>
        Has("no template.json", sample => sample.MakeA("Template"));

    private static void Has(string fault, Action<SamplePackage> spoil)
    {
        SamplePackage sample = new();
        spoil(sample);
        Assert.Contains(PackageInspector.Inspect(sample.Pack()), found => found.Contains(fault));
    }

    private static SamplePackage WithoutPe()
    {
        SamplePackage sample = new();
        sample.Files.Remove("lib/Tiny.Sample.pe");
        sample.Files.Remove("lib/Tiny.Sample.pdbx");
        return sample;
    }
}
