using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using MlOps.Grading.Host.Values;
using MlOps.Grading.Results;
using MlOps.Grading.Sandboxing;

namespace MlOps.Grading.Calling;

/// <summary>One sandboxed process with one student's assembly, called through interfaces.</summary>
/// <remarks>
/// <para>The interface <c>IPageHinkley</c> stands for the student's public type <c>PageHinkley</c> in any namespace. Members match by name and
/// number of parameters; types must convert as C# converts them, except that an array also fits a list. Values travel as data:
/// arguments are copies, so the code cannot change the test's arrays, but the arrays of a method that returns nothing and what
/// is passed as <c>Span</c> or <c>Memory</c> are copied back. An interface that is no collection, as a parameter or result, is an
/// object that stays in the process.</para>
/// <para>After a problem that ends the process, every further call fails with <see cref="StudentProblem.Ended"/>; start a new one.
/// One object is used by one thread at a time; different objects by any.</para>
/// </remarks>
public sealed class StudentCode : IDisposable
{
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60); // the process, not the student's code: a busy machine may take long
    private static readonly TimeSpan s_markLimit = TimeSpan.FromSeconds(2);

    private readonly HostProcess _host;
    private readonly StudentAssembly _assembly;
    private readonly TimeSpan _callLimit;
    private readonly Dictionary<string, StudentType> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<(Type Contract, MethodInfo Method, bool IsStatic), (ContractMember Wanted, StudentMember Found)> _found = [];
    private readonly CallLog _calls = new();
    private bool _isLoaded;
    private bool _hasNoProcess;
    private string? _ended;

    private StudentCode(HostProcess host, StudentAssembly assembly, TimeSpan callLimit) => (_host, _assembly, _callLimit) = (host, assembly, callLimit);

    /// <summary>Gets a value indicating whether the process is gone or was killed.</summary>
    public bool HasEnded => _ended is not null || _hasNoProcess || _host.HasEnded;

    /// <summary>Gets a value indicating whether at least one call was answered.</summary>
    public bool HasServed { get; private set; }

    /// <summary>Gets the process's number; 0 before it has started.</summary>
    internal int ProcessId => _host.Id;

    /// <summary>Gets what kept the last call from bringing a value; null if it brought one.</summary>
    public StudentProblem? LastProblem { get; private set; }

    /// <summary>Gets a value indicating whether another assembly can take this one's place: the process is alive and this one could be loaded.</summary>
    public bool CanGoOn => _isLoaded && !HasEnded;

    /// <summary>Starts a process for an assembly. It may return before the process is up; errors surface on the first call.</summary>
    /// <param name="sandbox">Where it runs.</param>
    /// <param name="assembly">What it runs.</param>
    /// <param name="callLimit">How long one call may take; the start of the process does not count.</param>
    /// <exception cref="ArgumentException">A library does not exist, or may not be shown.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="callLimit"/> is not positive.</exception>
    public static StudentCode Start(Sandbox sandbox, StudentAssembly assembly, TimeSpan callLimit)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(callLimit, TimeSpan.Zero);
        return Load(sandbox.TakeHost(assembly.LibraryPaths), sandbox, assembly, callLimit);
    }

    /// <summary>Loads another assembly of the same student into the process, which this object gives up.</summary>
    /// <remarks>Saves the start of a process. What the first assembly left behind (threads, memory, static state) is still there, so
    /// only what passes there should count; what does not deserves a process of its own.</remarks>
    /// <param name="sandbox">The sandbox that the process was started in.</param>
    /// <param name="assembly">What it runs next, with the same libraries.</param>
    /// <param name="callLimit">How long one call may take.</param>
    /// <returns>The new owner of the process; its <see cref="HasServed"/> is true.</returns>
    /// <exception cref="InvalidOperationException">The process has ended or was given up already.</exception>
    /// <exception cref="ArgumentException">The libraries differ.</exception>
    public StudentCode GoOnWith(Sandbox sandbox, StudentAssembly assembly, TimeSpan callLimit)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(callLimit, TimeSpan.Zero);
        if (!CanGoOn)
        {
            throw new InvalidOperationException("The process has ended, was given up, or never loaded anything.");
        }

        if (!assembly.LibraryPaths.Select(Path.GetFullPath).SequenceEqual(_host.Libraries, StringComparer.Ordinal))
        {
            throw new ArgumentException("The process sees other libraries.", nameof(assembly));
        }

        _ended = "another assembly took its place";
        _hasNoProcess = true;
        StudentCode next = Load(_host, sandbox, assembly, callLimit);
        next.HasServed = true;
        return next;
    }

    private static StudentCode Load(HostProcess host, Sandbox sandbox, StudentAssembly assembly, TimeSpan callLimit)
    {
        host.Ask(Questions.Load(assembly, host.Libraries.Select(sandbox.Command.PathInside), sandbox.Limits.ResultBytes));
        return new StudentCode(host, assembly, callLimit);
    }

    /// <summary>The static members of the student's type, seen through an interface.</summary>
    public T Static<T>()
        where T : class => (T)CallProxy.Create(this, typeof(T), 0);

    /// <summary>Makes an object in the process and returns it, seen through an interface.</summary>
    /// <exception cref="StudentCodeException">There is no fitting constructor, or it failed.</exception>
    public T New<T>(params object?[] arguments)
        where T : class
    {
        ContractMember wanted = ContractMember.Constructor(typeof(T), arguments);
        return (T)Logged(wanted, arguments, () => Perform(wanted, Search(wanted), 0, arguments))!;
    }

    /// <summary>The value of a static property or field.</summary>
    /// <param name="type">The student's type.</param>
    /// <param name="property">The name of the property or field.</param>
    /// <param name="as">The type that the test wants; the student's must convert to it.</param>
    /// <exception cref="StudentCodeException">It does not exist or could not be read.</exception>
    public object? Get(string type, string property, Type @as)
    {
        ContractMember wanted = ContractMember.Value(type, property, @as);
        return Logged(wanted, [], () => Perform(wanted, Search(wanted), 0, []));
    }

    /// <summary>The last calls, at most three, since this was asked last; oldest first.</summary>
    public IReadOnlyList<CallRecord> TakeCalls() => _calls.Take();

    /// <summary>What the code printed since this was asked last. The first <see cref="SandboxLimits.OutputKept"/> bytes, with a note if there were more.</summary>
    public string TakePrinted()
    {
        if (_isLoaded && !HasEnded)
        {
            // Printing goes another way than answers: a mark behind the print tells that all of it has arrived.
            string mark = "#" + Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
            _host.ExpectMark(mark);
            _host.Ask(Questions.Mark(mark));
            if (_host.Wait(s_markLimit).End == ExchangeEnd.Answered)
            {
                _host.WaitForMark(s_markLimit);
            }
        }

        return _host.TakePrinted();
    }

    /// <summary>Ends the process and waits until it is gone.</summary>
    public void Dispose()
    {
        if (!_hasNoProcess)
        {
            _hasNoProcess = true;
            _host.Dispose();
        }
    }

    /// <summary>A call through a proxy; object 0 means the type.</summary>
    internal object? Invoke(Type contract, MethodInfo method, int number, object?[] arguments)
    {
        bool isStatic = number == 0;
        (ContractMember Wanted, StudentMember? Found) member = _found.TryGetValue((contract, method, isStatic), out (ContractMember, StudentMember) known)
            ? known
            : (ContractMember.Of(contract, method, isStatic), null);
        return Logged(member.Wanted, arguments, () =>
        {
            StudentMember found = member.Found ?? Search(member.Wanted);
            _found[(contract, method, isStatic)] = (member.Wanted, found);
            return Perform(member.Wanted, found, number, arguments);
        });
    }

    private object? Logged(ContractMember wanted, object?[] arguments, Func<object?> call)
    {
        string text = CallLog.Spell(wanted, arguments);
        try
        {
            object? result = call();
            LastProblem = null;
            _calls.Add(text, wanted.Returns == typeof(void) ? "(nothing)" : ValueText.Of(result));
            return result;
        }
        catch (StudentCodeException e)
        {
            _calls.Add(text, e.Message);
            LastProblem = e.Problem;
            throw;
        }
    }

    private StudentMember Search(ContractMember wanted)
    {
        if (!_types.TryGetValue(wanted.TypeName, out StudentType? type))
        {
            byte[] answer = Ask(Questions.Describe(wanted.TypeName), s_startLimit, wanted.Name);
            type = Parse(answer, wanted.Name, root => StudentType.Read(wanted.TypeName, root));
            _types[wanted.TypeName] = type;
        }

        try
        {
            return MemberSearch.Find(wanted, type);
        }
        catch (FormatException)
        {
            throw Tampered(wanted.Name);
        }
    }

    private object? Perform(ContractMember wanted, StudentMember found, int number, object?[] arguments)
    {
        if (arguments.OfType<CallProxy>().Any(proxy => !proxy.BelongsTo(this)))
        {
            throw new ArgumentException("An object of one process cannot be passed to another.", nameof(arguments));
        }

        bool keep = wanted.IsConstructor || TypeFit.IsObject(wanted.Returns);
        byte[] answer = Ask(Questions.Call(found, wanted.How, number, keep, arguments), _callLimit, wanted.Name, isCall: true);
        try
        {
            return new Answer(answer).Read(wanted, arguments, made => CallProxy.Create(this, wanted.Returns, made));
        }
        catch (NotDataException e)
        {
            throw new StudentCodeException(StudentProblem.NotData, $"{wanted.Name} returned {e.Message}.");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw Tampered(wanted.Name);
        }
    }

    /// <summary>Asks the host, which is up and has loaded the assembly after the first time.</summary>
    private byte[] Ask(byte[] question, TimeSpan limit, string what, bool isCall = false)
    {
        if (_ended is not null)
        {
            throw new StudentCodeException(StudentProblem.Ended, $"{what} was not called: an earlier call ended the process ({_ended}).");
        }

        if (!_isLoaded)
        {
            CheckAnswer(_host.Wait(s_startLimit), s_startLimit, _assembly.Name);
            _isLoaded = true;
        }

        _host.Ask(question);
        (ExchangeEnd End, byte[] Content) answer = _host.Wait(limit);
        HasServed |= isCall && answer.End == ExchangeEnd.Answered;
        return CheckAnswer(answer, limit, what);
    }

    private byte[] CheckAnswer((ExchangeEnd End, byte[] Content) answer, TimeSpan limit, string what)
    {
        switch (answer.End)
        {
            case ExchangeEnd.Answered:
                Problems.ThrowIfAny(answer.Content, what, _assembly, () => Tampered(what));
                return answer.Content;
            case ExchangeEnd.TimedOut:
                _ended = $"{what} took too long";
                throw new StudentCodeException(StudentProblem.TimedOut, string.Create(CultureInfo.InvariantCulture, $"{what} did not return within {limit.TotalSeconds} s. Is there a loop or a wait without end?"));
            case ExchangeEnd.TooMuchData:
                _ended = $"{what} returned too much";
                throw new StudentCodeException(StudentProblem.TooMuchData, $"{what} returned more than a test can take.");
            case ExchangeEnd.Tampered:
                throw Tampered(what);
            default:
                ProcessEnding ending = _host.Ending();
                _ended = $"{what} {ending.Words}";
                throw new StudentCodeException(ending.Problem, $"{what} {ending.Words}.");
        }
    }

    private StudentCodeException Tampered(string what)
    {
        _host.Kill();
        _ended = "it wrote to the grader's pipe";
        return new StudentCodeException(StudentProblem.Tampered, $"{what}: something other than the answer came back. Code that writes to the grader's pipe brings no points.");
    }

    private T Parse<T>(byte[] answer, string what, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw Tampered(what);
        }
    }
}
