namespace MlOps.Kernel.Tests.Transport;

/// <summary>What a ROUTER must refuse: the bytes, and a word of the reason. Limits: 1000 bytes a frame, 1500 a message, 8 frames.</summary>
internal sealed class HostileBytes : TheoryData<string, string>
{
    private const string Signature = "FF 00 00 00 00 00 00 00 01 7F";
    private const string Null20 = "'NULL' 00000000 00000000 00000000 00000000";
    private const string Rest32 = "00000000 00000000 00000000 00000000 00000000 00000000 00000000 00000000";
    private const string Greeting = Signature + " 03 00 " + Null20 + Rest32;
    private const string Ready = Greeting + " 04 1C 05 'READY' 0B 'Socket-Type' 00000006 'DEALER'";

    public HostileBytes()
    {
        Add("'G'", "Byte 0 of the greeting is 0x47"); // of "GET / HTTP/1.1"
        Add("01 00", "Byte 0 of the greeting is 0x01"); // ZMTP 1.0
        Add("FF 00 00 00 00 00 00 00 01 7E", "Byte 9");
        Add(Signature + " 01", "ZMTP 1;");
        Add(Signature + " 02", "ZMTP 2;");
        Add(Signature + " 03 01 'PLAIN'", "mechanism");
        Add(Signature + " 03 01 'CURVE'", "mechanism");
        Add(Signature + " 03 01 'NULLX'", "mechanism");
        Add(Signature + " 03 01 'nu'", "mechanism");

        Add(Greeting + " 00 01 41", "before READY");
        Add(Greeting + " 04 0A 09 'SUBSCRIBE'", "instead of READY");
        Add(Greeting + " 04 06 05 'ERROR'", "instead of READY");
        Add(Greeting + " 04 06 05 'READY'", "(none)");
        Add(Greeting + " 04 19 05 'READY' 0B 'Socket-Type' 00000003 'SUB'", "SUB");
        Add(Greeting + " 04 19 05 'READY' 0B 'Socket-Type' 00000003 'PUB'", "PUB");
        Add(Greeting + " 04 19 05 'READY' 0B 'Socket-Type' 00000003 'REP'", "REP");
        Add(Greeting + " 04 1C 05 'READY' 0B 'Socket-Type' 00000006 'dealer'", "dealer");
        Add(Greeting + " 04 1C 05 'READY' 0B 'Socket-Type' 00000007 'DEALER'", "cut short");
        Add(Greeting + " 04 1C 05 'READY' 0B 'Socket-Type' FFFFFFFF 'DEALER'", "cut short");
        Add(Greeting + " 04 0B 05 'READY' 0B 'Sock'", "cut short");
        Add(Greeting + " 04 14 05 'READY' 0B 'Socket-Type' 0000", "cut short");
        Add(Greeting + " 04 0B 05 'READY' 00 00000000", "no name");
        Add(Greeting + " 04 14 05 'READY' 01 'a' 00000001 'x' 01 'A' 00000001 'y'", "twice");
        Add(Greeting + " 06 0000000000000129 05 'READY' 0B 'Socket-Type' 00000006 'DEALER' 08 'Identity' 00000100 '" + new string('i', 256) + "'", "256 bytes");
        Add(Greeting + " 06 0000000000010001", "65537");
        Add(Greeting + " 02 0000000000010001", "65537");

        Add(Ready + " 08 00", "flags 0x08");
        Add(Ready + " 80 00", "flags 0x80");
        Add(Ready + " FF 00", "flags 0xFF");
        Add(Ready + " 05 05 04 'PONG'", "one frame");
        Add(Ready + " 07 0000000000000005 04 'PONG'", "one frame");
        Add(Ready + " 04 00", "no room for a name");
        Add(Ready + " 04 01 00", "no room for a name");
        Add(Ready + " 04 03 05 'PO'", "no room for a name");
        Add(Ready + " 04 06 04 'PING' 00", "PING");
        Add(Ready + " 04 18 04 'PING' 0000 00112233445566778899AABBCCDDEEFF00", "PING");
        Add(Ready + " 02 00000000000003E9", "1001"); // one more than a frame may have
        Add(Ready + " 02 7FFFFFFFFFFFFFFF", "9223372036854775807");
        Add(Ready + " 02 8000000000000000", "9223372036854775808"); // negative, read as signed
        Add(Ready + " 02 FFFFFFFFFFFFFFFF", "18446744073709551615");
        Add(Ready + " 06 0000000000010001", "65537"); // a command
        Add(Ready + " 03 00000000000003E8 '" + new string('a', 1000) + "' 02 00000000000001F5", "501"); // together more than a message may have
        Add(Ready + " 01 00 01 00 01 00 01 00 01 00 01 00 01 00 01 00", "more than 8 frames");
    }
}
