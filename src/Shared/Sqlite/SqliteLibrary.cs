using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using SQLitePCL;

namespace MlOps;

/// <summary>The native SQLite of this process: the operating system's where that is newer than the one in the package.</summary>
/// <remarks>
/// The package that restores everywhere brings 3.35 (2021). Nothing is loaded before <see cref="Load"/> is called. Compiled into every
/// assembly that uses SQLite: the twins in one process choose alike, and whoever comes first sets the resolver for all.
/// </remarks>
internal static class SqliteLibrary
{
    private const string Bundled = "e_sqlite3";

    private static readonly Lazy<nint> Chosen = new(Choose);
    private static readonly Lazy<ErrorOffset?> Offset = new(static () =>
        Version(Chosen.Value) == raw.sqlite3_libversion_number() // a stranger's resolver may have loaded another library, whose handles this one must not see
            ? Export<ErrorOffset>(Chosen.Value, "sqlite3_error_offset")
            : null);
    private static readonly Lazy<bool> Loaded = new(static () =>
    {
        if (!IsInUse())
        {
            try
            {
                NativeLibrary.SetDllImportResolver(Provider, static (name, _, _) => name == Bundled ? Chosen.Value : 0);
            }
            catch (InvalidOperationException)
            {
                // An assembly has one resolver, for good. A twin of this class has set the same one; anybody else's brings a SQLite as well.
            }
        }

        Batteries_V2.Init();
        return true;
    });

    private delegate int VersionNumber();

    private delegate int ErrorOffset(nint database);

    private static Assembly Provider => typeof(SQLite3Provider_e_sqlite3).Assembly;

    /// <summary>Must come before anything else that touches SQLite. Calling it again costs nothing.</summary>
    /// <exception cref="DllNotFoundException">There is no SQLite for this machine.</exception>
    internal static void Load() => _ = Loaded.Value;

    /// <summary>Where in the text the last error of a connection lies, in characters; null if SQLite does not say (before 3.38 it never does).</summary>
    internal static int? ErrorPlace(sqlite3 database, string sql)
    {
        int bytes = Offset.Value?.Invoke(database.DangerousGetHandle()) ?? -1;
        byte[] text = Encoding.UTF8.GetBytes(sql);
        return bytes < 0 || bytes > text.Length ? null : Encoding.UTF8.GetCharCount(text, 0, bytes);
    }

    /// <summary>Whether SQLite was opened before, by a twin of this class or without it, as by a bare SqliteConnection.</summary>
    /// <remarks>Functions are bound one by one when they are first called. A resolver that comes later would mix two libraries, and handles of one crash in the other.</remarks>
    private static bool IsInUse()
    {
        try
        {
            return raw.GetNativeLibraryName() is not null;
        }
        catch (Exception e) when (e.GetType() == typeof(Exception))
        {
            return false; // what SQLitePCL throws as long as it has no provider
        }
    }

    private static nint Choose()
    {
        nint bundled = NativeLibrary.TryLoad(Bundled, Provider, null, out nint library) ? library : 0;
        nint system = SystemName() is { } name && NativeLibrary.TryLoad(name, out library) ? library : 0;
        return Version(system) > Version(bundled) ? system
            : bundled != 0 ? bundled
            : throw new DllNotFoundException("SQLite is missing on this machine. On Debian and Ubuntu: apt-get install libsqlite3-0");
    }

    private static string? SystemName() =>
        OperatingSystem.IsLinux() ? "libsqlite3.so.0"
        : OperatingSystem.IsMacOS() ? "/usr/lib/libsqlite3.dylib"
        : OperatingSystem.IsWindows() && RuntimeInformation.ProcessArchitecture != Architecture.X86 ? "winsqlite3" // on x86 it has another calling convention
        : null;

    private static int Version(nint library) => library == 0 ? 0 : Export<VersionNumber>(library, "sqlite3_libversion_number")?.Invoke() ?? 0;

    private static T? Export<T>(nint library, string name)
        where T : Delegate =>
        NativeLibrary.TryGetExport(library, name, out nint address) ? Marshal.GetDelegateForFunctionPointer<T>(address) : null;
}
