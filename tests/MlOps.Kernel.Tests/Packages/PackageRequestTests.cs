using FsCheck;
using FsCheck.Fluent;
using MlOps.Kernel.Packages;

namespace MlOps.Kernel.Tests.Packages;

public sealed class PackageRequestTests
{
    [Theory]
    [InlineData("nuget:A", "A", "", "*")]
    [InlineData(" NuGet:  A.B-c_d , 1.2.3 ", "A.B-c_d", "1.2.3", "[1.2.3]")]
    [InlineData("nuget:A,1.2.3-beta.4+build", "A", "1.2.3-beta.4+build", "[1.2.3-beta.4+build]")]
    [InlineData("nuget:A,*-*", "A", "*-*", "*-*")]
    [InlineData("nuget:A,1.2.*", "A", "1.2.*", "1.2.*")]
    [InlineData("nuget:A,1.2.3-*", "A", "1.2.3-*", "1.2.3-*")]
    [InlineData("nuget:A,[1.0,2.0)", "A", "[1.0,2.0)", "[1.0,2.0)")]
    [InlineData("nuget:A,(,2.0]", "A", "(,2.0]", "(,2.0]")]
    public void Parse_WhatNuGetWrites_IsRead(string reference, string id, string version, string range)
    {
        PackageRequest request = PackageRequest.Parse(reference);

        Assert.Equal((id, version, range), (request.Id, request.Version, request.Range));
    }

    [Fact]
    public void Parse_AnyText_IsReadOrRefused() => Prop.ForAll<string>(ReadOrRefused).QuickCheckThrowOnFailure();

    private static void ReadOrRefused(string text)
    {
        try
        {
            PackageRequest request = PackageRequest.Parse("nuget:" + text);
            Assert.DoesNotContain(request.Id + request.Range, c => c is '$' or '@' or '%' or ';' or '<' or '"' or '\n'); // nothing that a project file reads in its own way
        }
        catch (PackageException exception)
        {
            Assert.Contains("cannot be read", exception.Message, StringComparison.Ordinal);
        }
    }
}
