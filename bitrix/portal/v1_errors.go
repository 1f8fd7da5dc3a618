package portal

// What methods of API v1 refuse.
var (
	errV1NoClient      = &restError{code: "ACCESS_DENIED", text: "Access denied! Client ID not specified", status: 403}
	errV1NoBot         = &restError{code: "BOT_ID_ERROR", text: "Bot not found"}
	errV1NotOwner      = &restError{code: "APP_ID_ERROR", text: "Bot was installed by another rest application"}
	errV1NoCode        = &restError{code: "CODE_ERROR", text: "Bot code isn't specified"}
	errV1NoName        = &restError{code: "NAME_ERROR", text: "Bot name isn't specified"}
	errV1BotLimit      = &restError{code: "MAX_COUNT_ERROR", text: "Has reached the maximum number of bots for application (max: 5)"}
	errV1NoFields      = &restError{code: "WRONG_REQUEST", text: "Update fields can't be empty"}
	errV1NotUpdated    = &restError{code: "WRONG_REQUEST", text: "Bot can't be updated"}
	errV1FetchBot      = &restError{code: "FETCH_NOT_SUPPORTED", text: "This bot uses FETCH mode. Use imbot.v2 methods instead."}
	errV1NoCommandName = &restError{code: "COMMAND_ERROR", text: "Command isn't specified"}
	errV1NoTexts       = &restError{code: "LANG_ERROR", text: "Lang set can't be empty"}
	errV1NoCommand     = &restError{code: "COMMAND_ID_ERROR", text: "Command not found"}
	errV1NotCommander  = &restError{code: "APP_ID_ERROR", text: "Command was installed by another rest application"}
)

const v1EditRefusal = "Time has expired for modification or you don't have access"

// What methods of messages of API v1 refuse.
var (
	errV1NoDialog     = &restError{code: "DIALOG_ID_EMPTY", text: "Dialog ID can't be empty"}
	errV1Empty        = &restError{code: "MESSAGE_EMPTY", text: "Message can't be empty"}
	errV1NoQuestion   = &restError{code: "MESSAGE_ID_EMPTY", text: "Message ID can't be empty"} // of imbot.command.answer
	errV1NoMessage    = &restError{code: "MESSAGE_ID_ERROR", text: "Message ID can't be empty"}
	errV1Edit         = &restError{code: "CANT_EDIT_MESSAGE", text: v1EditRefusal, status: 403}
	errV1NotAdded     = &restError{code: "WRONG_REQUEST", text: "Message isn't added"}
	errV1AttachSize   = &restError{code: "ATTACH_OVERSIZE", text: "You have exceeded the maximum allowable size of attach"}
	errV1KeyboardSize = &restError{code: "KEYBOARD_OVERSIZE", text: "You have exceeded the maximum allowable size of keyboard"}
)
