"""The messaging protocol, request by request, as a front end meets it."""
import time

import cells
from kernel_case import HANG, KernelCase, another_client, begin, collect, nothing_came, reply_to, run


class Protocol(KernelCase):
    def request(self, kind, content, channel="shell"):
        """Sends any request; returns its Cell, with the reply from the channel it went out on."""
        message = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(message)
        return message["header"]["msg_id"]

    def control(self, kind, content):
        request = self.request(kind, content, "control")
        return reply_to(self.client.get_control_msg, request, time.monotonic() + HANG)["content"]

    def shell(self, kind, content):
        return collect(self.client, self.request(kind, content)).reply

    # What the kernel says about itself

    def test_kernel_info_has_what_front_ends_read(self):
        for reply in (self.shell("kernel_info_request", {}), self.control("kernel_info_request", {})):
            self.assertEqual(reply["status"], "ok")
            self.assertGreaterEqual(tuple(int(n) for n in reply["protocol_version"].split(".")), (5, 3))
            self.assertIsInstance(reply["banner"], str)
            self.assertIsInstance(reply["help_links"], list)
            for key in ("name", "version", "mimetype", "file_extension"):
                self.assertIsInstance(reply["language_info"][key], str)

    # The messages of a cell

    def test_cell_is_busy_then_says_its_input_then_shows_then_is_idle(self):
        cell = self.ok(cells.PRINT)
        kinds = [m["msg_type"] for m in cell.messages]
        self.assertEqual(kinds[:2], ["status", "execute_input"])
        self.assertEqual(kinds[-1], "status")
        self.assertEqual(cell.states, ["busy", "idle"])
        self.assertEqual(cell.of("execute_input")[0]["code"], cells.PRINT)
        self.assertEqual((cell.text("stdout"), cell.text("stderr")), ("one\n", "two\n"))

    def test_reply_and_result_bear_the_cells_number(self):
        first, second = self.ok(cells.PRINT), self.ok("1 + 1")
        self.assertEqual(second.reply["execution_count"], first.reply["execution_count"] + 1)
        self.assertEqual(second.of("execute_result")[0]["execution_count"], second.reply["execution_count"])
        self.assertEqual(second.of("execute_input")[0]["execution_count"], second.reply["execution_count"])
        self.assertEqual((second.reply["payload"], second.reply["user_expressions"]), ([], {}))

    def test_names_live_on(self):
        self.ok(cells.SET)
        self.assertEqual(self.ok(cells.GET).value, "42")

    def test_empty_cell_is_a_cell(self):
        self.assertEqual(self.ok("").outputs, [])
        self.assertEqual(self.ok("\n\n").outputs, [])

    def test_failed_cell_says_the_same_twice_and_nothing_else(self):
        for code, name in ((cells.FAIL, cells.FAIL_NAME), (cells.NO_COMPILE, cells.NO_COMPILE_NAME)):
            cell = self.run_cell(code)
            (shown,) = cell.outputs
            self.assertEqual(shown["msg_type"], "error")
            self.assertEqual(cell.reply["status"], "error")
            self.assertEqual(cell.reply["ename"], name)
            self.assertIsInstance(cell.reply["execution_count"], int)
            for key in ("ename", "evalue", "traceback"):
                self.assertEqual(shown["content"][key], cell.reply[key])
            self.assertTrue(all(isinstance(line, str) for line in cell.reply["traceback"]))

    def test_silent_cell_runs_and_leaves_no_trace(self):
        self.ok(cells.COUNTER)
        before = self.ok("1 + 1").reply["execution_count"]
        silent = self.ok(cells.COUNT_UP, silent=True)
        self.assertEqual(silent.of("execute_input"), [])
        self.assertEqual(silent.states, ["busy", "idle"])
        after = self.ok(cells.COUNT)
        self.assertEqual(after.value, "1")
        self.assertEqual(after.reply["execution_count"], before + 1)

    def test_cell_outside_history_is_not_counted(self):
        before = self.ok("1 + 1").reply["execution_count"]
        self.assertEqual(self.ok("2 + 2", store_history=False).value, "4")
        self.assertEqual(self.ok("1 + 1").reply["execution_count"], before + 1)
        history = self.shell("history_request", {"hist_access_type": "tail", "n": 2, "output": False, "raw": True})["history"]
        self.assertEqual([entry[2] for entry in history], ["1 + 1", "1 + 1"])

    def test_user_expressions_are_answered_one_by_one(self):
        self.ok(cells.SET)
        cell = self.ok("", user_expressions={"good": cells.GET, "bad": "nowhere"})
        good, bad = cell.reply["user_expressions"]["good"], cell.reply["user_expressions"]["bad"]
        self.assertEqual((good["status"], good["data"]["text/plain"]), ("ok", "42"))
        self.assertEqual(bad["status"], "error")
        self.assertIsInstance(bad["ename"], str)
        self.assertEqual(cell.of("error"), [])

    # Cells after a failure

    def test_cells_queued_behind_a_failure_are_aborted(self):
        ids = [self.client.execute(code, allow_stdin=False) for code in (cells.FAIL_SLOWLY, "1 + 1", "2 + 2")]
        failed, *queued = [collect(self.client, request) for request in ids]
        self.assertEqual(failed.reply["status"], "error")
        for cell in queued:
            self.assertEqual(cell.reply["status"], "aborted")
            self.assertEqual(cell.outputs, [])
            self.assertEqual(cell.states, ["busy", "idle"])
        self.still_works()

    def test_cells_go_on_after_a_failure_if_the_front_end_says_so(self):
        ids = [self.client.execute(cells.FAIL_SLOWLY, allow_stdin=False, stop_on_error=False), self.client.execute("2 + 2", allow_stdin=False)]
        failed, next_cell = [collect(self.client, request) for request in ids]
        self.assertEqual(failed.reply["status"], "error")
        self.assertEqual(next_cell.value, "4")

    def test_cell_sent_after_the_reply_of_a_failure_is_run(self):
        for n in range(20):
            request = self.client.execute(cells.FAIL, allow_stdin=False)
            reply_to(self.client.get_shell_msg, request, time.monotonic() + HANG)
            self.assertEqual(self.ok(f"{n} + 0").value, str(n))

    # Input

    def test_input_is_asked_of_the_client_that_runs_the_cell(self):
        other = another_client(self.manager.connection_file)
        request = self.client.execute(cells.READ, allow_stdin=True)
        question = self.client.get_stdin_msg(timeout=HANG)
        self.assertEqual(question["msg_type"], "input_request")
        self.assertEqual(question["parent_header"]["msg_id"], request)
        self.assertIs(question["content"]["password"], False)
        self.assertTrue(nothing_came(other.get_stdin_msg))
        self.client.input("blue")
        self.assertEqual(collect(self.client, request).value, cells.READ_SAID)
        other.stop_channels()

    def test_password_is_asked_for_as_a_secret(self):
        request = self.client.execute(cells.PASSWORD, allow_stdin=True)
        question = self.client.get_stdin_msg(timeout=HANG)["content"]
        self.assertIs(question["password"], True)
        self.assertEqual(question["prompt"], "secret?")
        self.client.input("four")
        self.assertEqual(collect(self.client, request).value, "4")

    def test_input_without_a_keyboard_fails_and_asks_nobody(self):
        cell = self.run_cell(cells.READ, allow_stdin=False)
        self.assertEqual(cell.reply["status"], "error")
        self.assertTrue(nothing_came(self.client.get_stdin_msg))
        self.still_works()

    def test_interrupt_ends_a_question_nobody_answers(self):
        request = self.client.execute(cells.READ, allow_stdin=True)
        self.client.get_stdin_msg(timeout=HANG)
        self.manager.interrupt_kernel()
        self.assertEqual(collect(self.client, request).reply["status"], "error")
        self.still_works()

    # Displays

    def test_update_names_the_display_it_replaces(self):
        cell = self.ok(cells.UPDATE)
        (shown,), (update,) = cell.of("display_data"), cell.of("update_display_data")
        self.assertIn("before", shown["data"]["text/plain"])
        self.assertIn("after", update["data"]["text/plain"])
        self.assertEqual(shown["transient"]["display_id"], update["transient"]["display_id"])

    def test_clear_output_comes_in_its_place(self):
        cell = self.ok(cells.CLEAR)
        self.assertEqual([m["msg_type"] for m in cell.outputs], ["stream", "clear_output", "stream"])
        self.assertIs(cell.of("clear_output")[0]["wait"], True)

    def test_late_output_of_a_thread_names_the_cell_that_started_it(self):
        first = self.ok(cells.LATE)
        release = self.client.execute(cells.LATE_GO, allow_stdin=False)
        while True:
            message = self.client.get_iopub_msg(timeout=HANG)
            if message["msg_type"] == "stream":
                break
        self.assertEqual(message["content"]["text"], "late")
        self.assertEqual(message["parent_header"]["msg_id"], first.id)
        self.assertNotEqual(message["parent_header"]["msg_id"], release)

    # Editing

    def test_completion_replaces_what_was_typed(self):
        for code, wanted in (cells.COMPLETE, cells.COMPLETE_AFTER_EMOJI):
            reply = self.shell("complete_request", {"code": code, "cursor_pos": len(code)})
            self.assertEqual(reply["status"], "ok")
            self.assertIsInstance(reply["metadata"], dict)
            self.assertEqual(reply["cursor_end"], len(code))  # in code points, as the protocol says
            self.assertIn(wanted, reply["matches"])
            typed = code[reply["cursor_start"]:reply["cursor_end"]]
            self.assertTrue(wanted.startswith(typed), typed)

    def test_completion_knows_the_names_of_the_session(self):
        self.ok(cells.SET)
        reply = self.shell("complete_request", {"code": "kep", "cursor_pos": 3})
        self.assertIn("kept", reply["matches"])

    def test_completion_has_no_answer_to_nonsense_and_says_so(self):
        for code, position in (("", 0), ("]]]]", 4), ("a", 500), ("a", -3), ("nowhere.", 8)):
            reply = self.shell("complete_request", {"code": code, "cursor_pos": position})
            self.assertEqual(reply["status"], "ok", code)
            self.assertIsInstance(reply["matches"], list)

    def test_inspection_has_the_documentation(self):
        reply = self.shell("inspect_request", {"code": cells.INSPECT, "cursor_pos": len(cells.INSPECT), "detail_level": 0})
        self.assertEqual((reply["status"], reply["found"]), ("ok", True))
        self.assertIn(cells.INSPECT_SAYS, reply["data"]["text/plain"])
        self.assertIsInstance(reply["metadata"], dict)

    def test_inspection_of_nothing_finds_nothing(self):
        for code, position in (("", 0), ("nowhere", 7), ("1 + 1", 900)):
            reply = self.shell("inspect_request", {"code": code, "cursor_pos": position, "detail_level": 1})
            self.assertEqual((reply["status"], reply["found"], reply["data"]), ("ok", False, {}))

    # History, comms, control

    def test_history_has_what_this_session_ran(self):
        self.ok("3 + 4")
        tail = self.shell("history_request", {"hist_access_type": "tail", "n": 1, "output": True, "raw": True})["history"]
        self.assertEqual(tail[0][2], ["3 + 4", "7"])
        found = self.shell("history_request", {"hist_access_type": "search", "pattern": "3 + ?", "n": 1, "output": False, "raw": True})["history"]
        self.assertEqual(found[0][2], "3 + 4")
        session, line = found[0][:2]
        ranged = self.shell("history_request", {"hist_access_type": "range", "session": 0, "start": line, "stop": line + 1, "output": False, "raw": True})["history"]
        self.assertEqual([entry[1:] for entry in ranged], [[line, "3 + 4"]])

    def test_unknown_comm_target_is_closed_again(self):
        request = self.request("comm_open", {"comm_id": "c-1", "target_name": "nowhere", "data": {}})
        closed = []
        while True:
            message = self.client.get_iopub_msg(timeout=HANG)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "comm_close":
                closed.append(message["content"]["comm_id"])
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        self.assertEqual(closed, ["c-1"])
        self.assertEqual(self.shell("comm_info_request", {})["comms"], {})

    def test_control_answers_while_a_cell_runs(self):
        request = begin(self.client, cells.SLEEP.format(30_000))
        self.assertEqual(self.control("kernel_info_request", {})["status"], "ok")
        self.assertEqual(self.control("comm_info_request", {})["comms"], {})
        self.manager.interrupt_kernel()
        self.assertEqual(collect(self.client, request).reply["status"], "error")

    def test_two_clients_each_get_their_own_replies(self):
        other = another_client(self.manager.connection_file)
        ids = [(client, client.execute(f"{n} + 0", allow_stdin=False)) for n, client in enumerate([self.client, other] * 10)]
        for n, (client, request) in enumerate(ids):
            self.assertEqual(collect(client, request).value, str(n))
        other.stop_channels()

    def test_client_that_joins_later_sees_the_same_session(self):
        self.ok(cells.SET)
        other = another_client(self.manager.connection_file)
        self.assertEqual(run(other, cells.GET).value, "42")
        other.stop_channels()

    # Interrupts

    def test_interrupt_ends_any_shape_of_endless_cell_and_keeps_the_session(self):
        self.ok(cells.SET)
        for shape, code in cells.ENDLESS_SHAPES.items():
            with self.subTest(shape):
                request = begin(self.client, code)
                time.sleep(0.3)  # so that the code itself runs, not its compilation
                self.manager.interrupt_kernel()
                cell = collect(self.client, request)
                self.assertEqual(cell.reply["status"], "error")
                self.assertEqual(self.ok(cells.GET).value, "42")

    def test_interrupt_of_an_idle_kernel_does_nothing(self):
        self.assertEqual(self.control("interrupt_request", {})["status"], "ok")
        self.still_works()

    def test_interrupt_aborts_the_cells_behind(self):
        ids = [begin(self.client, cells.ENDLESS), self.client.execute("1 + 1", allow_stdin=False)]
        time.sleep(0.3)
        self.manager.interrupt_kernel()
        self.assertEqual([collect(self.client, request).reply["status"] for request in ids], ["error", "aborted"])
