namespace MlOps.Grading.Host.Confinement;

/// <summary>Numbers of Linux system calls on the two architectures that .NET runs on in classrooms. −1: there is none of that name.</summary>
/// <remarks>Source: the kernel's own headers, <c>asm/unistd_64.h</c> and <c>asm-generic/unistd.h</c>. A test compares the two.</remarks>
internal static class SystemCallNumbers
{
    /// <summary>Calls that an exercise never needs, and that start programs, reach other processes, open sockets, or change the system.</summary>
    internal static readonly (string Name, int X64, int Arm64)[] Refused =
    [
        // starting programs
        ("fork", 57, -1), ("vfork", 58, -1), ("execve", 59, 221), ("execveat", 322, 281),

        // other processes
        ("ptrace", 101, 117), ("process_vm_readv", 310, 270), ("process_vm_writev", 311, 271), ("process_madvise", 440, 440),
        ("process_mrelease", 448, 448), ("pidfd_open", 434, 434), ("pidfd_getfd", 438, 438), ("pidfd_send_signal", 424, 424), ("kcmp", 312, 272),
        ("kill", 62, 129), ("tkill", 200, 130), ("rt_sigqueueinfo", 129, 138), ("rt_tgsigqueueinfo", 297, 240),
        ("setsid", 112, 157), ("setpgid", 109, 154),

        // sockets
        ("socket", 41, 198), ("socketpair", 53, 199), ("connect", 42, 203), ("bind", 49, 200), ("listen", 50, 201), ("accept", 43, 202), ("accept4", 288, 242),
        ("sendto", 44, 206), ("sendmsg", 46, 211), ("sendmmsg", 307, 269), ("recvfrom", 45, 207), ("recvmsg", 47, 212), ("recvmmsg", 299, 243),

        // namespaces and mounts
        ("unshare", 272, 97), ("setns", 308, 268), ("mount", 165, 40), ("umount2", 166, 39), ("move_mount", 429, 429), ("open_tree", 428, 428),
        ("fsopen", 430, 430), ("fsmount", 432, 432), ("fsconfig", 431, 431), ("fspick", 433, 433), ("mount_setattr", 442, 442),
        ("pivot_root", 155, 41), ("chroot", 161, 51),

        // wide kernel interfaces, and memory that no limit counts
        ("bpf", 321, 280), ("perf_event_open", 298, 241), ("keyctl", 250, 219), ("add_key", 248, 217), ("request_key", 249, 218),
        ("io_uring_setup", 425, 425), ("io_uring_enter", 426, 426), ("io_uring_register", 427, 427), ("userfaultfd", 323, 282),
        ("memfd_create", 319, 279), ("memfd_secret", 447, 447), ("modify_ldt", 154, -1), ("personality", 135, 92),
        ("name_to_handle_at", 303, 264), ("open_by_handle_at", 304, 265), ("fanotify_init", 300, 262),
        ("shmget", 29, 194), ("shmat", 30, 196), ("shmctl", 31, 195), ("shmdt", 67, 197),
        ("semget", 64, 190), ("semop", 65, 193), ("semctl", 66, 191), ("semtimedop", 220, 192),
        ("msgget", 68, 186), ("msgsnd", 69, 189), ("msgrcv", 70, 188), ("msgctl", 71, 187),
        ("mq_open", 240, 180), ("mq_unlink", 241, 181), ("mq_timedsend", 242, 182), ("mq_timedreceive", 243, 183), ("mq_notify", 244, 184), ("mq_getsetattr", 245, 185),

        // the machine and the user
        ("setrlimit", 160, 164), ("init_module", 175, 105), ("finit_module", 313, 273), ("delete_module", 176, 106), ("kexec_load", 246, 104),
        ("kexec_file_load", 320, 294), ("reboot", 169, 142), ("swapon", 167, 224), ("swapoff", 168, 225), ("sethostname", 170, 161),
        ("setdomainname", 171, 162), ("settimeofday", 164, 170), ("clock_settime", 227, 112), ("adjtimex", 159, 171), ("clock_adjtime", 305, 266),
        ("acct", 163, 89), ("quotactl", 179, 60), ("quotactl_fd", 443, 443), ("iopl", 172, -1), ("ioperm", 173, -1), ("syslog", 103, 116), ("vhangup", 153, 58),
        ("setuid", 105, 146), ("setgid", 106, 144), ("setreuid", 113, 145), ("setregid", 114, 143), ("setresuid", 117, 147), ("setresgid", 119, 149),
        ("setgroups", 116, 159), ("setfsuid", 122, 151), ("setfsgid", 123, 152), ("capset", 126, 91),
    ];

    /// <summary>Calls that are refused for some arguments only, and the one that installs the filter.</summary>
    internal static readonly (string Name, int X64, int Arm64)[] Special =
    [
        ("clone", 56, 220), ("clone3", 435, 435), ("tgkill", 234, 131), ("prlimit64", 302, 261), ("prctl", 157, 167), ("ioctl", 16, 29), ("seccomp", 317, 277),
    ];

    internal static int Of(string special, bool arm)
    {
        foreach ((string name, int x64, int arm64) in Special)
        {
            if (name == special)
            {
                return arm ? arm64 : x64;
            }
        }

        throw new ArgumentException($"{special} is not in the table.", nameof(special));
    }
}
