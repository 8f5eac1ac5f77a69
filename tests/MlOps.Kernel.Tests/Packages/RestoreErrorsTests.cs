using MlOps.Kernel.Packages;

namespace MlOps.Kernel.Tests.Packages;

/// <summary>Messages as SDK 10.0.401 wrote them.</summary>
public sealed class RestoreErrorsTests
{
    [Theory]
    [InlineData("/usr/share/dotnet/sdk/10.0.401/Microsoft.NET.TargetFrameworkInference.targets(166,5): error NETSDK1045: The current .NET SDK does not support targeting .NET 11.0.  Either target .NET 10.0 or lower, or use a version of the .NET SDK that supports .NET 11.0. [/tmp/x/session.csproj]\n", "NETSDK1045", "The restore failed: The current .NET SDK does not support targeting .NET 11.0.  Either target .NET 10.0 or lower, or use a version of the .NET SDK that supports .NET 11.0.")]
    [InlineData("Killed\n", "CS0006", "The restore failed, and the SDK did not say why. It printed: Killed")]
    [InlineData("", "CS0006", "The restore failed, and the SDK did not say why.")]
    public void From_WhatTheSdkPrinted_IsTheFirstErrorWithoutItsPlace(string said, string code, string expected)
    {
        PackageException exception = RestoreErrors.From(said);

        Assert.Equal((code, expected), (exception.Code, exception.Message));
    }

    [Fact]
    public void From_Downgrade_NamesBothVersions()
    {
        RestoreMessage message = new(
            "NU1605",
            true,
            "Warning As Error: Detected package downgrade: OpenTelemetry.Api from 1.20.1 to 1.15.3. Reference the package directly from the project to select a different version. \n session -> OpenTelemetry 1.20.1 -> OpenTelemetry.Api (>= 1.20.1)",
            "OpenTelemetry.Api");

        PackageException exception = RestoreErrors.From([message], [PackageRequest.Parse("nuget: OpenTelemetry.Api, 1.15.3")]);

        Assert.Equal("This session has or asks for OpenTelemetry.Api 1.15.3, but another of its packages needs 1.20.1. Ask for that version; if the older one is from an earlier cell, restart first.", exception.Message);
    }

    [Fact]
    public void From_ManyErrors_NamesOneAndCountsTheRest()
    {
        RestoreMessage[] messages =
        [
            new("NU1101", true, "Unable to find package Humanizer.Core.af. No packages exist with this id in source(s): nuget.org", "Humanizer.Core.af"),
            new("NU1101", true, "Unable to find package Humanizer.Core.ar. No packages exist with this id in source(s): nuget.org", "Humanizer.Core.ar"),
            new("NU1101", true, "Unable to find package Humanizer.Core.az. No packages exist with this id in source(s): nuget.org", "Humanizer.Core.az"),
        ];

        PackageException exception = RestoreErrors.From(messages, [PackageRequest.Parse("nuget: Humanizer, 2.14.1")]);

        Assert.Equal("There is no package 'Humanizer.Core.af', which a package of this session needs, in nuget.org. Check the name, or add its source with #i \"nuget:…\". NuGet reports 2 more problems of this kind.", exception.Message);
    }
}
